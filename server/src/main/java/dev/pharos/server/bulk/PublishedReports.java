// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.store.StoreException;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.mtp.mqtt.SideTopic;
import dev.pharos.server.broker.BrokerReports;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Takes the reports that devices publish over MQTT: at the server's own broker, which confirms each when it is stored,
/// and at one of others, whose rights say who may publish for which device.
public final class PublishedReports implements BrokerReports, SideTopic.Taker {
    /// As much of a report as its header line may have.
    private static final int START = 2_000;

    private final ReportDesk desk;
    private final Semaphore foreign = new Semaphore(Limits.AT_ONCE);

    public PublishedReports(ReportDesk desk) {
        this.desk = desk;
    }

    @Override
    public Answer take(Published report) {
        return take(report.device(), report.address(), report.contentType(), report.body());
    }

    @Override
    public void notAllowed(EndpointId device, String address, String reason) {
        desk.tally().refused(ReportWay.MQTT, CollectorTally.Sender.of(device, address), 403, "It " + reason + ".");
    }

    /// The broker has told the device already that it has the report: what cannot be stored now is lost, and counted.
    @Override
    public void arrived(SideTopic.Arrival arrival) {
        Optional<EndpointId> device = MqttTopics.reporter(arrival.topic());
        if (device.isEmpty() || !foreign.tryAcquire()) {
            desk.tally()
                    .refused(
                            ReportWay.MQTT,
                            new CollectorTally.Sender(device, arrival.topic(), "mqtt broker"),
                            device.isEmpty() ? 403 : ReportRefusedException.LATER,
                            device.isEmpty() ? "The topic names no device." : "Too many reports come at once.");
            arrival.acknowledge().run();
            return;
        }
        Thread.ofVirtual().name("foreign-report").start(() -> {
            try {
                Answer _ = take(device.get(), "mqtt broker", arrival.contentType(), arrival.payload());
            } finally {
                foreign.release();
                arrival.acknowledge().run();
            }
        });
    }

    private Answer take(EndpointId id, String address, Optional<String> contentType, Bytes body) {
        CollectorTally.Sender sender = CollectorTally.Sender.of(id, address);
        try {
            byte[] bytes = body.toByteArray();
            String start = new String(bytes, 0, Math.min(bytes.length, START), StandardCharsets.UTF_8);
            ReportDesk.Taken _ = desk.take(
                    ReportWay.MQTT,
                    desk.known(id),
                    new ByteArrayInputStream(bytes),
                    ReportDesk.form(contentType, start));
            return new Answer(Outcome.STORED, "");
        } catch (ReportRefusedException refused) {
            desk.tally().refused(ReportWay.MQTT, sender, refused);
            return new Answer(
                    refused.status() == ReportRefusedException.LATER ? Outcome.LATER : Outcome.REFUSED,
                    refused.reason());
        } catch (StoreException gone) {
            desk.tally().refused(ReportWay.MQTT, sender, ReportRefusedException.LATER, "It could not be stored.");
            return new Answer(Outcome.LATER, "It could not be stored.");
        } catch (IOException fromMemory) {
            throw new UncheckedIOException(fromMemory);
        }
    }
}
