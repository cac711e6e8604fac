package io.fanfare.standalone;

import java.util.List;

/** See {@link Part#step}. */
record Step(String name, List<Part> needs, Action action) implements Part {

    Step {
        needs = List.copyOf(needs);
    }

    @Override
    public void start() throws Exception {
        action.run();
    }

    @Override
    public void stop() {}
}
