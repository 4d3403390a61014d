"""Everything that is known of one recording: fields, notes, transcript, marks."""
