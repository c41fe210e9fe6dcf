// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

/// What is done over each way in the comparison of traffic.
enum TrafficJob {
    FIRST_CONTACT("first-contact", "a new device comes and is read"),
    SET("set", "one value is changed"),
    READ("read", TrafficJob.PARAMETERS + " parameters are read by name"),
    PERIODIC("periodic", "the device says that it lives");

    /// That are read at once.
    static final int PARAMETERS = 100;

    static final int ROUNDS = 3;

    private final String text;
    private final String meaning;

    TrafficJob(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /// How often it is done; of several the median counts. A device comes for the first time once.
    int rounds() {
        return this == FIRST_CONTACT ? 1 : ROUNDS;
    }

    String text() {
        return text;
    }

    String meaning() {
        return meaning;
    }
}
