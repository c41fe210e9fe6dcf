// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.broker;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;

/// What our MQTT MTP adds to the way through a broker.
public final class BrokerPath implements Benchmark {
    private static final int TRIPS = 400;
    private static final double TARGET = 1.25;

    @Override
    public String name() {
        return "broker-path";
    }

    @Override
    public String definition() {
        return "round trip of a 200 B Record through Mosquitto, QoS 1, one in flight / two bare MQTT clients there";
    }

    @Override
    public Outcome run() throws Exception {
        try (MosquittoProcess broker = MosquittoProcess.start();
                OurPath ours = new OurPath(broker.uri());
                BarePath bare = new BarePath(broker.port())) {
            return new Rounds(4, 11).compare(() -> ours.measure(TRIPS), () -> bare.measure(TRIPS), TARGET, true, "µs");
        }
    }
}
