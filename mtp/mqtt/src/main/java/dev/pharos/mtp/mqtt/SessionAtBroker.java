// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.mqtt;

import dev.pharos.mtp.BrokerSession;
import dev.pharos.mtp.BrokerTraffic;
import dev.pharos.mtp.OutboundBudget;
import dev.pharos.mtp.Publication;
import dev.pharos.mtp.TopicFilter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What we do at the broker beside carrying Records.
///
/// @param listening is told where else we are to listen
/// @param up the client of the session that is up, where one is
record SessionAtBroker(
        MqttTraffic counted,
        OutboundBudget budget,
        Consumer<List<TopicFilter>> listening,
        Supplier<Optional<BrokerClient>> up)
        implements BrokerSession {

    @Override
    public BrokerTraffic traffic() {
        return counted.soFar();
    }

    @Override
    public void listenAt(List<TopicFilter> further) {
        listening.accept(further);
    }

    @Override
    public void publish(Publication publication) throws IOException, InterruptedException {
        BrokerClient client = up.get().orElseThrow(() -> new IOException("no session at the broker is up"));
        int size = publication.payload().size();
        budget.take(size);
        boolean taken = false;
        try {
            client.publish(publication).get(Limits.PUBLISH_TIME.toMillis(), TimeUnit.MILLISECONDS);
            taken = true;
        } catch (ExecutionException refused) {
            throw new IOException(Texts.of(refused), refused);
        } catch (TimeoutException late) {
            throw new IOException("the broker does not answer in time", late);
        } finally {
            budget.giveBack(size);
            if (taken) {
                counted.published(publication.qos() > 0);
            } else {
                counted.notPublished();
            }
        }
    }
}
