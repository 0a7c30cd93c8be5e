"""Standards: criteria sets as values, and the engine that scores a sheet against one of them."""
