// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.cwmp.model.InformParameters;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/// `Device.ManagementServer.`: where the ACS is and how it is kept up to date. What management has written counts more
/// than what the program was told, until the program is told something else.
final class ManagementServerElement implements ServiceElement {
    static final String OBJECT = "Device.ManagementServer.";
    static final String URL = OBJECT + "URL";
    static final String HTTP_CALLS = OBJECT + "HTTPConnectionRequestEnable";
    private static final String ENABLE = OBJECT + "EnableCWMP";
    private static final String PARAMETER_KEY = OBJECT + "ParameterKey";
    private static final String CALL_URL = OBJECT + "ConnectionRequestURL";
    private static final String UDP_ADDRESS = OBJECT + "UDPConnectionRequestAddress";
    private static final String SCHEDULE = OBJECT + "ScheduleReboot";
    private static final String DELAY = OBJECT + "DelayReboot";
    private static final String INFORM_PARAMETER = OBJECT + "InformParameter.";
    private static final String CALL_METHODS = OBJECT + "SupportedConnReqMethods";
    private static final SupportedDataModel MODEL = ShippedModel.read("management-server.dm");

    private final AcsAddress address;
    private final KeptContact kept;
    private final Calls calls;
    private final boolean canRestart;
    private volatile Optional<DeviceContext> context = Optional.empty();

    /// How the ACS can call the device over HTTP.
    interface Calls {
        /// Whether it can at all, where management lets it.
        boolean arePossible();

        /// Where it can now.
        Optional<String> url();
    }

    /// @param canRestart whether the device can restart
    ManagementServerElement(AcsAddress address, KeptContact kept, Calls calls, boolean canRestart) {
        this.address = address;
        this.kept = kept;
        this.calls = calls;
        this.canRestart = canRestart;
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    /// Where the device can be called over UDP.
    ///
    /// @param outside empty as long as that is not known
    /// @param translated whether there is a NAT before the device
    void seen(Optional<InetSocketAddress> outside, boolean translated) {
        String address = outside.map(at -> (at.getAddress() instanceof Inet6Address
                                ? "[" + at.getAddress().getHostAddress() + "]"
                                : at.getAddress().getHostAddress())
                        + ":" + at.getPort())
                .orElse("");
        context.ifPresent(started -> started.update(transaction -> {
            transaction.set(UDP_ADDRESS, address);
            transaction.set(OBJECT + "NATDetected", Boolean.toString(translated));
            return transaction;
        }));
    }

    @Override
    public void start(DeviceContext context) {
        this.context = Optional.of(context);
        // it may be another by now
        context.update(transaction -> {
            transaction.set(UDP_ADDRESS, "");
            transaction.set(OBJECT + "NATDetected", "false");
            // TR-181: with each restart
            transaction.set(DELAY, "-1");
            return transaction;
        });
        String told = address.url() + " " + address.username();
        if (kept.configured().equals(told)) {
            return;
        }
        context.update(transaction -> {
            transaction.set(URL, address.url().toString());
            transaction.set(OBJECT + "Username", address.username());
            // it belongs to the login before
            transaction.set(OBJECT + "Password", "");
            return transaction;
        });
        kept.configured(told);
    }

    @Override
    public boolean isLive(String path) {
        return path.equals(PARAMETER_KEY) || path.equals(CALL_URL) || path.equals(CALL_METHODS);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return switch (object.path() + parameter) {
            case CALL_URL -> calls.url().orElse("");
            case CALL_METHODS -> calls.arePossible() ? "HTTP,STUN,XMPP" : "STUN,XMPP";
            case PARAMETER_KEY -> kept.parameterKey();
            default -> throw new IllegalArgumentException("not live: " + object.path() + parameter);
        };
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            switch (change) {
                case Change.ValueChanged(String path, String _, String after) ->
                    objection(path, after, proposed.after()).ifPresent(refused -> {
                        throw refused;
                    });
                case Change.RowAdded(String row, var values) ->
                    // what it is made with says nothing yet
                    values.forEach((name, value) -> {
                        if (!value.startsWith("cpe-")) {
                            objection(row + name, value, proposed.after()).ifPresent(refused -> {
                                throw refused;
                            });
                        }
                    });
                case Change.RowDeleted _ -> {
                    // whatever the ACS does not want to be told any more
                }
            }
        }
    }

    private Optional<UspException> objection(String path, String value, Snapshot after) {
        if (path.equals(ENABLE) && value.equals("false") && !isManagedOtherwise(after)) {
            return Optional.of(new UspException(
                    StandardErrorCode.INVALID_CONFIGURATION,
                    ENABLE + ": no controller is enabled either, and nobody could manage the device"));
        }
        boolean restarts = path.equals(SCHEDULE) || (path.equals(DELAY) && !value.equals("-1"));
        if (restarts && !canRestart) {
            return Optional.of(
                    new UspException(StandardErrorCode.REQUEST_DENIED, path + ": this device cannot restart itself"));
        }
        return wrong(path, value).map(why -> new UspException(StandardErrorCode.INVALID_VALUE, path + ": " + why));
    }

    private Optional<String> wrong(String path, String value) {
        if (path.equals(URL)) {
            return AcsAddress.objection(value, address.insecure());
        }
        if (!path.startsWith(INFORM_PARAMETER) || value.isEmpty()) {
            return Optional.empty();
        }
        return path.endsWith(".ParameterName")
                ? InformParameters.nameObjection(value)
                : path.endsWith(".EventList") ? InformParameters.eventsObjection(value) : Optional.empty();
    }

    private static boolean isManagedOtherwise(Snapshot snapshot) {
        return ControllerElement.rows(snapshot).stream()
                .anyMatch(controller -> ControllerElement.served(controller, snapshot));
    }
}
