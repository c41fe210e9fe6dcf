// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.observe.WireLog;
import dev.pharos.controller.observe.WirePeer;
import dev.pharos.controller.observe.WirePlace;
import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.acs.AcsSessions.Belonging;
import dev.pharos.cwmp.acs.AcsSessions.Reply;
import dev.pharos.cwmp.acs.AcsStep;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.util.Optional;

/// Tells who looks on what passes in sessions of TR-069. Masks nothing and writes nothing out: that is done for those
/// who look, and where nobody does, the last of it is only kept.
public record SessionLog(WireLog wire) {
    private static final String EMPTY = "Empty";

    /// What a device has sent and what it is answered.
    ///
    /// @param address from which it came, for people
    /// @param body as it was read, decompressed
    /// @param answerBytes how large the body of the answer is
    public record Exchange(String address, Received received, Bytes body, Reply reply, int answerBytes) {
        private Optional<Inform> inform() {
            return received instanceof Received.Message(Envelope envelope) && envelope.body() instanceof Inform inform
                    ? Optional.of(inform)
                    : Optional.empty();
        }

        /// Why what it sent was refused.
        private Optional<String> refused() {
            if (received instanceof Received.Malformed(MalformedSoapException reason)) {
                return Optional.of(reason.detail());
            }
            return switch (reply.step()) {
                case AcsStep.Send(Envelope answer) ->
                    answer.body() instanceof CwmpFault fault ? Optional.of(words(fault.fault())) : Optional.empty();
                case AcsStep.Refuse(String reason) -> Optional.of(reason);
                case AcsStep.Later(Duration _, String reason) -> Optional.of("it shall come again later: " + reason);
                case AcsStep.Finish _, AcsStep.Challenge _ -> Optional.empty();
            };
        }

        private static String words(FaultStruct fault) {
            return "fault " + fault.faultCode().code() + ", " + fault.faultString();
        }
    }

    public void passed(Exchange exchange) {
        Optional<Inform> inform = exchange.inform();
        Optional<Belonging> session = exchange.reply().session();
        Optional<EndpointId> admitted = session.flatMap(Belonging::device);
        WirePeer peer = new WirePeer(
                admitted.or(() -> inform.map(DeviceNames::of)),
                admitted.isPresent(),
                new WirePlace(
                        AcsOffice.TRANSPORT,
                        exchange.address(),
                        session.map(Belonging::number).orElse("")));
        Optional<String> refused = exchange.refused();
        if (session.isEmpty() && inform.isEmpty() && refused.isPresent()) {
            // who says who it is and is refused is counted where that was decided
            wire.count(peer.place(), peer.device(), refused.get());
        }
        came(exchange, peer, refused);
        answered(exchange, peer);
    }

    private void came(Exchange exchange, WirePeer peer, Optional<String> refused) {
        switch (exchange.received()) {
            case Received.Message(Envelope envelope) ->
                wire.envelope(Direction.IN, peer, exchange.body().size(), envelope, refused);
            case Received.Nothing _ -> wire.bare(Direction.IN, peer, EMPTY, "it has nothing to say", refused);
            case Received.Malformed(MalformedSoapException reason) ->
                wire.noEnvelope(peer, exchange.body(), reason.detail());
        }
    }

    private void answered(Exchange exchange, WirePeer peer) {
        switch (exchange.reply().step()) {
            case AcsStep.Send(Envelope answer) ->
                wire.envelope(Direction.OUT, peer, exchange.answerBytes(), answer, Optional.empty());
            case AcsStep.Finish _ ->
                wire.bare(Direction.OUT, peer, EMPTY, "there is nothing more to ask", Optional.empty());
            case AcsStep.Challenge _ ->
                wire.bare(Direction.OUT, peer, "Challenge", "it has to show its login", Optional.empty());
            // the line of what was refused says it
            case AcsStep.Refuse _, AcsStep.Later _ -> {}
        }
    }
}
