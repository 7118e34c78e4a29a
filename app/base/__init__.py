"""The ground floor: errors, checks of frames, spellings and years, which every layer shares."""
