// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.mtp.Mtp;
import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.MtpReceiver;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.RegisterResponse;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a Service to its broker: on each new connection, right after the agent's Connect Record,
/// registers what the Service has.
public final class RegisteringMtp implements Mtp {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteringMtp.class);

    private final Mtp way;
    private final EndpointId own;
    private final EndpointId broker;
    private final List<String> paths;
    private final AtomicLong numbers = new AtomicLong();

    /// @param paths object paths without Instance Numbers (R-REG.2)
    public RegisteringMtp(Mtp way, EndpointId own, EndpointId broker, List<String> paths) {
        this.way = way;
        this.own = own;
        this.broker = broker;
        this.paths = List.copyOf(paths);
    }

    @Override
    public void start(MtpReceiver receiver) throws IOException {
        way.start(new MtpReceiver() {
            private volatile MessageId asked = new MessageId("register-0");

            @Override
            public void connected(MtpConnection connection) {
                receiver.connected(connection);
                asked = new MessageId("register-" + numbers.incrementAndGet());
                register(connection, asked);
            }

            @Override
            public void received(MtpConnection connection, Bytes record) {
                Optional<Body> answer = answerTo(asked, record);
                if (answer.isEmpty()) {
                    receiver.received(connection, record);
                } else {
                    report(answer.get());
                }
            }

            @Override
            public void disconnected(MtpConnection connection, String reason) {
                receiver.disconnected(connection, reason);
            }

            @Override
            public void refused(PeerIdentity peer, String reason) {
                receiver.refused(peer, reason);
            }
        });
    }

    private void register(MtpConnection connection, MessageId id) {
        Bytes payload = MessageCodec.encode(new UspMessage(id, new RegisterRequest(true, paths)));
        try {
            connection.send(RecordCodec.encode(UspRecord.plain(broker, own, new RecordType.NoSessionContext(payload))));
        } catch (IOException gone) {
            LOG.debug("{} cannot register: {}", own, gone.getMessage());
        }
    }

    private Optional<Body> answerTo(MessageId id, Bytes bytes) {
        try {
            UspRecord record = RecordCodec.decode(bytes);
            if (record.from().equals(broker) && record.type() instanceof RecordType.NoSessionContext(Bytes payload)) {
                UspMessage message = MessageCodec.decode(payload);
                boolean answers = message.body() instanceof RegisterResponse || message.body() instanceof UspError;
                return answers && message.id().equals(id) ? Optional.of(message.body()) : Optional.empty();
            }
        } catch (MalformedInputException malformed) {
            LOG.debug("not for us to read: {}", malformed.detail());
        }
        return Optional.empty();
    }

    private void report(Body answer) {
        if (answer instanceof UspError error) {
            LOG.warn("the broker {} refuses to register {}: {}", broker, paths, error.fault());
        } else if (answer instanceof RegisterResponse response) {
            for (RegisterResponse.RegisteredPathResult result : response.registeredPathResults()) {
                if (result.operationStatus() instanceof RegisterResponse.OperationFailure(var fault)) {
                    LOG.warn("the broker {} refuses to register {}: {}", broker, result.requestedPath(), fault);
                }
            }
        }
    }

    @Override
    public String description() {
        return way.description();
    }

    @Override
    public void close() {
        way.close();
    }
}
