/** The question that each notebook of `notebooks/` answers, by its file's name. */
export const templates: Readonly<Record<string, string>> = {
  'churn-score': 'Which customers are about to fall silent, and whom does it pay to write to?',
  'customer-value': 'Who is still your customer, and what will each buy in the coming year?',
  'key-figures': 'What is an order worth, who comes back, and when does a new customer pay?',
  'lead-score': 'Which enquiries will probably be won, and which should you look after first?',
  'marketing-mix': 'What does each channel bring in, and where should the next euro go?',
  'next-purchase': 'What is bought together, and what might each customer buy next?',
  'retention-cohorts': 'How many customers come back, by when they came first?',
  'rfm-audiences': 'Who buys often, lately and much, as lists to write to?',
  'weekly-performance': 'What do a sale and a new customer cost, by channel and week?',
};
