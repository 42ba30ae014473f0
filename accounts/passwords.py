"""What makes a password good enough, said in our own words: Django's are partly English and say "uw"."""

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort: neem minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Minstens {self.min_length} tekens."


class UnlikeThePerson(password_validation.UserAttributeSimilarityValidator):
    """Not like the name or the e-mail address."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op de naam of het e-mailadres."

    def get_help_text(self) -> str:
        return "Niet de naam of het e-mailadres."


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the 20,000 most used ones."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord wordt te vaak gebruikt en is daardoor makkelijk te raden."

    def get_help_text(self) -> str:
        return "Geen veelgebruikt wachtwoord."


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    """More than digits."""

    def get_error_message(self) -> str:
        return "Dit wachtwoord bestaat alleen uit cijfers."

    def get_help_text(self) -> str:
        return "Niet alleen cijfers."
