"""Addresses of this room: below one employer for coordinators, on their own for administrators."""

from django.urls import include, path

from exchange.views import exports, runs, uploads

_employer = [
    path("importeren/", uploads.EmployerUpload.as_view(), name="import_upload"),
    path("importeren/sjabloon/", uploads.EmployerTemplate.as_view(), name="import_template"),
    path("importeren/<uuid:run>/", runs.EmployerRun.as_view(), name="import_run"),
    path("importeren/<uuid:run>/annuleren/", runs.EmployerCancel.as_view(), name="import_cancel"),
    path("exporteren/", exports.EmployerExport.as_view(), name="export_employer"),
]

urlpatterns = [
    path("werkgevers/<uuid:employer>/", include(_employer)),
    path("importeren/", uploads.AdministratorUpload.as_view(), name="import_all"),
    path("importeren/uitleg/", exports.FormatView.as_view(), name="import_format"),
    path("importeren/sjabloon/", uploads.AdministratorTemplate.as_view(), name="import_all_template"),
    path("importeren/<uuid:run>/", runs.AdministratorRun.as_view(), name="import_all_run"),
    path("importeren/<uuid:run>/annuleren/", runs.AdministratorCancel.as_view(), name="import_all_cancel"),
    path("exporteren/", exports.AdministratorExport.as_view(), name="export_all"),
]
