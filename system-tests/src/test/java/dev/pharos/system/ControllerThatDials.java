// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import dev.pharos.mtp.MtpConnection;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dns.HostNames;
import dev.pharos.mtp.discovery.dns.IpStack;
import dev.pharos.mtp.discovery.dns.MulticastDns;
import dev.pharos.mtp.discovery.dns.NameLookup;
import dev.pharos.mtp.discovery.dns.ServiceFinder;
import dev.pharos.mtp.discovery.dns.ServiceInstance;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// A controller that finds an agent by multicast DNS, dials it, names it, and prints the answer.
///
/// Arguments: the agent's and its own Endpoint ID; certificate, key and trusted authority, PEM files; the name.
final class ControllerThatDials {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private ControllerThatDials() {}

    public static void main(String[] arguments) throws Exception {
        EndpointId agent = EndpointId.of(arguments[0]);
        EndpointId own = EndpointId.of(arguments[1]);
        NameLookup lookup = new NameLookup(
                Optional.empty(), Optional.of(MulticastDns.onThisHost(PATIENCE)), EnumSet.of(IpStack.V4));
        HostNames.resolveBy(lookup);
        ServiceInstance found = new ServiceFinder(lookup)
                .browse(UspService.AGENT_WEBSOCKET, "local").found().stream()
                        .filter(one -> one.endpointId().equals(agent))
                        .findFirst()
                        .orElseThrow();
        RecordingReceiver receiver = new RecordingReceiver();
        WebSocketClientConfig config = WebSocketClientConfig.to(found.uri(), own)
                .withTls(TlsSettings.server(Path.of(arguments[2]), Path.of(arguments[3]))
                        .withTrusted(Path.of(arguments[4]))
                        .withPeer(agent));
        try (WebSocketClientMtp mtp = new WebSocketClientMtp(config)) {
            mtp.start(receiver);
            MtpConnection connection = receiver.nextConnected();
            SetRequest name = new SetRequest(
                    false,
                    List.of(new SetRequest.UpdateObject(
                            "Device.DeviceInfo.", List.of(new ParameterSetting("FriendlyName", arguments[5], true)))));
            UspMessage message = new UspMessage(new MessageId("1"), name);
            connection.send(RecordCodec.encode(
                    UspRecord.plain(agent, own, new RecordType.NoSessionContext(MessageCodec.encode(message)))));
            while (true) {
                if (RecordCodec.decode(receiver.nextRecord()).type() instanceof RecordType.NoSessionContext content
                        && MessageCodec.decode(content.payload()).body() instanceof SetResponse answer) {
                    System.out.println("answered " + answer);
                    return;
                }
            }
        }
    }
}
