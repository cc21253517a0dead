"""The action plan and the follow-up of its goals: the model, the documents, next year's plan from this year's."""
