// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Backs `Device.IP.Diagnostics.` and `Device.DNS.Diagnostics.` with what this host measures.
public final class DiagnosticsElement implements ServiceElement {
    private static final String IP = "Device.IP.Diagnostics.";
    private static final String DNS = "Device.DNS.Diagnostics.";
    private static final SupportedDataModel SUPPORTED =
            GatewayModel.load().restrictedTo((object, element) -> !element.isEmpty() && backs(object));
    private static final Semaphore PROCESS = new Semaphore(Limits.OF_THIS_PROCESS);

    private final Semaphore places = new Semaphore(Limits.AT_ONCE);
    private final HostPrograms programs;
    private final Ping ping;
    private final Trace trace;
    private final Map<String, Diagnostic> commands;
    private volatile @Nullable DeviceContext mounted;

    private DiagnosticsElement(HostPrograms programs) {
        this.programs = programs;
        this.ping = new Ping(programs);
        this.trace = new Trace(programs);
        this.commands = Map.of("IPPing()", ping, "TraceRoute()", trace, "NSLookupDiagnostics()", new Lookup());
    }

    public static DiagnosticsElement ofThisHost() {
        return new DiagnosticsElement(HostPrograms.OF_THIS_HOST);
    }

    static DiagnosticsElement with(HostPrograms programs) {
        return new DiagnosticsElement(programs);
    }

    /// Whether all of this object of the gateway model is backed here.
    public static boolean backs(String supportedObjectPath) {
        return supportedObjectPath.startsWith(IP) || supportedObjectPath.startsWith(DNS);
    }

    @Override
    public SupportedDataModel supported() {
        return SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        mounted = context;
    }

    @Override
    public boolean isLive(String supportedParameterPath) {
        return supportedParameterPath.endsWith("Supported");
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        boolean version = parameter.startsWith("IPv4") || programs.hasIpv6();
        boolean can = switch (parameter.substring("IPv4".length())) {
            case "PingSupported" -> ping.isInstalled();
            case "TraceRouteSupported" -> trace.isInstalled();
            default -> throw new UspException(StandardErrorCode.INTERNAL_ERROR, "not live: " + parameter);
        };
        return Boolean.toString(version && can);
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        Diagnostic diagnostic =
                Optional.ofNullable(commands.get(call.command().name())).orElseThrow();
        Order order = new Order(call, egress(call.input("Interface", "")));
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

    private static UspException busy(String why) {
        return new UspException(StandardErrorCode.RESOURCES_EXCEEDED, why);
    }

    /// @param reference a row of which the `Name` is that of a link
    private Egress egress(String reference) {
        DeviceContext context = mounted;
        if (reference.isEmpty() || context == null) {
            return Egress.ANY;
        }
        String row = reference.endsWith(".") ? reference : reference + ".";
        String link = context.snapshot()
                .object(row)
                .flatMap(object -> object.value("Name"))
                .filter(name -> !name.isEmpty())
                .orElseThrow(() -> Order.wrong("there is no interface " + reference));
        return Egress.of(link, reference);
    }
}
