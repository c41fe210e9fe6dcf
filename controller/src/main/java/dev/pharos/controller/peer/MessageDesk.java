// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Fault;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the Messages of admitted devices: answers go to the calls that wait, notifications onwards, and what
/// a Controller does not serve is refused politely.
final class MessageDesk {
    private static final Logger LOG = LoggerFactory.getLogger(MessageDesk.class);

    private final Wire wire;
    private final Sessions sessions;
    private final Calls calls;
    private final PeerTraffic traffic;

    MessageDesk(Wire wire, Sessions sessions, Calls calls, PeerTraffic traffic) {
        this.wire = wire;
        this.sessions = sessions;
        this.calls = calls;
        this.traffic = traffic;
    }

    void read(Link link, Peer peer, UspRecord record, Bytes payload, int size) {
        UspMessage message;
        try {
            message = MessageCodec.decode(payload);
        } catch (MalformedInputException malformed) {
            wire.refused(link, size, record, Optional.empty(), "not a Message: " + malformed.detail());
            answerMalformed(link, peer, record, payload, malformed);
            return;
        }
        switch (message.body()) {
            case Response response -> answer(link, peer, record, message, size);
            case UspError error -> answer(link, peer, record, message, size);
            case NotifyRequest notify -> notified(link, peer, record, message, notify, size);
            case Request<?> request -> {
                wire.refused(link, size, record, Optional.of(message), "a Controller does not serve this");
                Fault fault = new Fault(StandardErrorCode.MESSAGE_NOT_SUPPORTED, "a Controller does not serve this");
                send(link, peer, record, new UspMessage(message.id(), new UspError(fault)));
            }
        }
    }

    private void answer(Link link, Peer peer, UspRecord record, UspMessage message, int size) {
        switch (calls.answered(peer, message.id(), message.body())) {
            case AWAITED -> wire.received(link, size, record, Optional.of(message));
            case LATE -> wire.refused(link, size, record, Optional.of(message), "late: its call had given up waiting");
            case UNEXPECTED -> wire.refused(link, size, record, Optional.of(message), "no call waits for this answer");
        }
    }

    private void notified(Link link, Peer peer, UspRecord record, UspMessage message, NotifyRequest notify, int size) {
        if (!peer.begin(message.id())) {
            wire.refused(link, size, record, Optional.of(message), "repeated while the first is being worked on");
            return;
        }
        wire.received(link, size, record, Optional.of(message));
        traffic.notified(peer, message.id(), notify, new PeerTraffic.Reply() {
            @Override
            public void send(Response response) {
                none();
                MessageDesk.this.send(link, peer, record, new UspMessage(message.id(), response));
            }

            @Override
            public void none() {
                peer.end(message.id());
            }
        });
    }

    /// Only a Request whose `msg_id` can be read is answered: an Error to an Error would never end (R-MTP.5).
    private void answerMalformed(
            Link link, Peer peer, UspRecord record, Bytes payload, MalformedInputException malformed) {
        refuse(link, peer, record, payload, new Fault(malformed.code(), malformed.detail()));
    }

    private void refuse(Link link, Peer peer, UspRecord record, Bytes payload, Fault fault) {
        MessageCodec.Envelope envelope = MessageCodec.envelope(payload);
        if (envelope.isRequest() && !envelope.messageId().isEmpty()) {
            send(link, peer, record, new UspMessage(new MessageId(envelope.messageId()), new UspError(fault)));
        }
    }

    /// The Record is not one that we take a Message from.
    void refuse(Link link, Peer peer, UspRecord record, Bytes payload, int size, Fault fault) {
        wire.refused(link, size, record, Optional.empty(), fault.errMsg());
        refuse(link, peer, record, payload, fault);
    }

    private void send(Link link, Peer peer, UspRecord answered, UspMessage message) {
        try {
            sessions.answer(link, peer, message, answered.type() instanceof RecordType.SessionContext);
        } catch (IOException broken) {
            // The device sends its request again when it gets no answer.
            LOG.debug("{} could not be answered: {}", peer.id(), broken.getMessage());
        }
    }
}
