"""How quickly the operators' desk answers, and sees what citizens write."""
