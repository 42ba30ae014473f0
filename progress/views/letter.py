"""The letter to the board: one sheet of A4 with the meter, the course and five sentences, and no names."""

from typing import Any

from django.views.generic import TemplateView

from progress.letter import sentences
from progress.letter_facts import facts_of
from progress.views.coordinator import BoardMixin
from ui import dutch


class BoardLetter(BoardMixin, TemplateView):
    """What an employer's dashboard says, for who sits on the board; asked as the dashboard is."""

    template_name = "progress/letter.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        question, today = self.question, self.question.reference.today
        unit = question.unit
        name = "Brief aan het bestuur"
        return super().get_context_data(
            **context,
            title=f"{name}: {unit}" if unit else name,
            breadcrumbs=[*self.place_breadcrumbs(), (name, None)],
            question=question,
            day=dutch.day_long(question.day),
            today=today,
            page=self.page,
            sentences=sentences(facts_of(self.board, self.course, self.indicators, today=today)),
            chart=self.course.chart(today=today),
            hours_per_job=dutch.number(question.at.hours_per_job, 1),
            dashboard_url=self.links.unit(unit),
        )
