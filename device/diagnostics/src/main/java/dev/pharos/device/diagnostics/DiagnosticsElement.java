// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs `Device.IP.Diagnostics.`, `Device.DNS.Diagnostics.` and `Device.PacketCaptureDiagnostics()` with what this
/// host
/// measures.
public final class DiagnosticsElement implements ServiceElement {
    private static final Logger LOG = LoggerFactory.getLogger(DiagnosticsElement.class);
    private static final String ROOT = "Device.";
    private static final String IP = "Device.IP.Diagnostics.";
    private static final String DNS = "Device.DNS.Diagnostics.";
    private static final SupportedDataModel SUPPORTED =
            GatewayModel.load().restrictedTo((object, element) -> !element.isEmpty() && backs(object, element));
    private static final Set<String> LIVE_ECHO = Set.of(
            "PacketsReceived",
            "PacketsResponded",
            "BytesReceived",
            "BytesResponded",
            "TimeFirstPacketReceived",
            "TimeLastPacketReceived");
    private static final Map<String, String> FACTS = Map.of(
            IP + "DownloadTransports", "HTTP",
            IP + "UploadTransports", "HTTP",
            IP + "DownloadDiagnosticMaxConnections", Integer.toString(Limits.CONNECTIONS),
            IP + "UploadDiagnosticsMaxConnections", Integer.toString(Limits.CONNECTIONS),
            IP + "DownloadDiagnosticsMaxIncrementalResult", Integer.toString(Limits.INCREMENTS),
            IP + "UploadDiagnosticsMaxIncrementalResult", Integer.toString(Limits.INCREMENTS),
            IP + "UDPEchoDiagnosticsMaxResults", Integer.toString(Limits.PACKETS),
            UdpEchoConfig.OBJECT + "EchoPlusSupported", "true");
    /// A name that Linux takes for a link, and nothing that leads elsewhere.
    private static final Pattern LINK = Pattern.compile("(?![.]{1,2}$)[^/\\s]{1,15}");

    private static final Semaphore PROCESS = new Semaphore(Limits.OF_THIS_PROCESS);

    private final Semaphore places = new Semaphore(Limits.AT_ONCE);
    private final HostPrograms programs;
    private final Ping ping;
    private final Trace trace;
    private final PacketCapture capture;
    private final UdpEchoConfig echo = new UdpEchoConfig(DiagnosticsElement::egress);
    private final Map<String, Diagnostic> commands;
    private volatile @Nullable DeviceContext mounted;

    private DiagnosticsElement(HostPrograms programs, ServerTrust trust) {
        this.programs = programs;
        this.ping = new Ping(programs);
        this.trace = new Trace(programs);
        this.capture = new PacketCapture(trust, Patience.USUAL);
        this.commands = Map.of(
                PacketCapture.COMMAND,
                capture,
                "IPPing()",
                ping,
                "TraceRoute()",
                trace,
                "DownloadDiagnostics()",
                Transfer.download(trust),
                "UploadDiagnostics()",
                Transfer.upload(trust),
                "UDPEchoDiagnostics()",
                new UdpEcho(),
                "ServerSelectionDiagnostics()",
                new ServerSelection(ping),
                "NSLookupDiagnostics()",
                new Lookup());
    }

    /// @param trust who vouches for servers of transfers
    public static DiagnosticsElement ofThisHost(ServerTrust trust) {
        return with(HostPrograms.OF_THIS_HOST, trust);
    }

    static DiagnosticsElement with(HostPrograms programs, ServerTrust trust) {
        return new DiagnosticsElement(programs, trust);
    }

    /// Whether an element of the gateway model is backed here.
    public static boolean backs(String supportedObjectPath, String element) {
        return supportedObjectPath.startsWith(IP)
                || supportedObjectPath.startsWith(DNS)
                || (supportedObjectPath.equals(ROOT) && element.equals(PacketCapture.COMMAND));
    }

    @Override
    public SupportedDataModel supported() {
        return SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        context.update(transaction -> {
            FACTS.forEach(transaction::set);
            return transaction;
        });
        mounted = context;
        try {
            echo.adjust(context.snapshot());
        } catch (UspException refused) {
            LOG.warn("the UDP echo server is configured, and cannot be: {}", refused.fault());
        }
    }

    @Override
    public void validate(ChangeSet proposed) {
        echo.check(proposed.after());
    }

    @Override
    public void apply(ChangeSet changes) {
        echo.adjust(changes.after());
    }

    @Override
    public void undo(ChangeSet changes) {
        echo.adjust(changes.before());
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        String name = supportedParameterPath.substring(supportedParameterPath.lastIndexOf('.') + 1);
        return supportedParameterPath.startsWith(UdpEchoConfig.OBJECT)
                ? LIVE_ECHO.contains(name)
                : name.endsWith("Supported");
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        if (object.path().equals(UdpEchoConfig.OBJECT)) {
            return echo.read(parameter);
        }
        boolean version = parameter.startsWith("IPv4") || programs.hasIpv6();
        boolean can = switch (parameter.substring("IPv4".length())) {
            case "PingSupported" -> ping.isInstalled();
            case "TraceRouteSupported" -> trace.isInstalled();
            case "DownloadDiagnosticsSupported",
                    "UploadDiagnosticsSupported",
                    "UDPEchoDiagnosticsSupported",
                    "ServerSelectionDiagnosticsSupported" -> true;
            default -> throw new UspException(StandardErrorCode.INTERNAL_ERROR, "not live: " + parameter);
        };
        return Boolean.toString(version && can);
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        Diagnostic diagnostic =
                Optional.ofNullable(commands.get(call.command().name())).orElseThrow();
        Order order = new Order(call, diagnostic == capture ? watched(call) : egress(call));
        if (!places.tryAcquire()) {
            throw busy(Limits.AT_ONCE + " diagnostics are under way");
        }
        try {
            if (!PROCESS.tryAcquire()) {
                throw busy(Limits.OF_THIS_PROCESS + " diagnostics are under way on this host");
            }
            try {
                return diagnostic.run(order);
            } finally {
                PROCESS.release();
            }
        } finally {
            places.release();
        }
    }

    static UspException busy(String why) {
        return new UspException(StandardErrorCode.RESOURCES_EXCEEDED, why);
    }

    private Egress egress(CommandCall call) {
        DeviceContext context = mounted;
        return context == null ? Egress.ANY : egress(context.snapshot(), call.input("Interface", ""));
    }

    private static Egress egress(Snapshot snapshot, String reference) {
        return reference.isEmpty() ? Egress.ANY : Egress.of(link(snapshot, reference), reference);
    }

    /// A link that is only looked at needs no address, as a port of a bridge has none.
    private Egress watched(CommandCall call) {
        DeviceContext context = mounted;
        String reference = call.input("Interface", "");
        return context == null || reference.isEmpty() ? Egress.ANY : new Egress(link(context.snapshot(), reference));
    }

    /// @param reference a row of which the `Name` is that of a link
    private static String link(Snapshot snapshot, String reference) {
        String row = reference.endsWith(".") ? reference : reference + ".";
        return snapshot.object(row)
                .flatMap(object -> object.value("Name"))
                .filter(LINK.asMatchPredicate())
                .orElseThrow(() -> Order.wrong("there is no interface " + reference));
    }

    @Override
    public void close() {
        echo.close();
    }
}
