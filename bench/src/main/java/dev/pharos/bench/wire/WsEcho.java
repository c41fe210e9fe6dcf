// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;

/// Records a second through our WebSocket MTP, against a bare Netty WebSocket echo.
public final class WsEcho implements Benchmark {
    private static final int CONNECTIONS = 64;
    private static final int SMALL = 200;
    private static final int LARGE = 8 * 1024;
    private static final int SMALL_FRAMES = 20_000;
    private static final int LARGE_FRAMES = 8_000;
    private static final double TARGET = 0.85;

    @Override
    public String name() {
        return "ws-echo";
    }

    @Override
    public String definition() {
        return "echo of 200 B and 8 KiB Records on 64 connections, one in flight each, plain / a bare Netty WebSocket echo";
    }

    @Override
    public Outcome run() throws Exception {
        try (OurEchoServer ours = new OurEchoServer();
                BareEchoServer bare = new BareEchoServer();
                WebSocketLoad toOurs = new WebSocketLoad();
                WebSocketLoad toBare = new WebSocketLoad()) {
            toOurs.connect(ours.port(), CONNECTIONS);
            toBare.connect(bare.port(), CONNECTIONS);
            return new Rounds(3, 9).compare(() -> both(toOurs), () -> both(toBare), TARGET, false, "frames/s");
        }
    }

    private static double both(WebSocketLoad load) throws InterruptedException {
        double small = load.run(new EchoTraffic(SMALL), 1, SMALL_FRAMES);
        double large = load.run(new EchoTraffic(LARGE), 1, LARGE_FRAMES);
        return (SMALL_FRAMES + LARGE_FRAMES) / (SMALL_FRAMES / small + LARGE_FRAMES / large);
    }
}
