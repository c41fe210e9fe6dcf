// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.localagent.ControllerElement;
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
import java.util.function.Supplier;

/// `Device.ManagementServer.`: where the ACS is and how it is kept up to date. What management has written counts more
/// than what the program was told, until the program is told something else.
final class ManagementServerElement implements ServiceElement {
    static final String OBJECT = "Device.ManagementServer.";
    static final String URL = OBJECT + "URL";
    private static final String ENABLE = OBJECT + "EnableCWMP";
    private static final String PARAMETER_KEY = OBJECT + "ParameterKey";
    private static final String CALL_URL = OBJECT + "ConnectionRequestURL";
    private static final String UDP_ADDRESS = OBJECT + "UDPConnectionRequestAddress";
    private static final String CALL_METHODS = OBJECT + "SupportedConnReqMethods";
    private static final SupportedDataModel MODEL = ShippedModel.read("management-server.dm");

    private final AcsAddress address;
    private final KeptContact kept;
    private final Supplier<Optional<String>> callUrl;
    private volatile Optional<DeviceContext> context = Optional.empty();

    /// @param callUrl where the ACS can call the device, where it can
    ManagementServerElement(AcsAddress address, KeptContact kept, Supplier<Optional<String>> callUrl) {
        this.address = address;
        this.kept = kept;
        this.callUrl = callUrl;
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
            case CALL_URL -> callUrl.get().orElse("");
            case CALL_METHODS -> callUrl.get().map(_ -> "HTTP,STUN,XMPP").orElse("STUN,XMPP");
            case PARAMETER_KEY -> kept.parameterKey();
            default -> throw new IllegalArgumentException("not live: " + object.path() + parameter);
        };
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged(String path, String _, String after)
                    && path.equals(ENABLE)
                    && after.equals("false")
                    && !isManagedOtherwise(proposed.after())) {
                throw new UspException(
                        StandardErrorCode.INVALID_CONFIGURATION,
                        ENABLE + ": no controller is enabled either, and nobody could manage the device");
            }
            if (change instanceof Change.ValueChanged(String path, String _, String after) && path.equals(URL)) {
                AcsAddress.objection(after, address.insecure()).ifPresent(objection -> {
                    throw new UspException(StandardErrorCode.INVALID_VALUE, URL + ": " + objection);
                });
            }
        }
    }

    private static boolean isManagedOtherwise(Snapshot snapshot) {
        return ControllerElement.rows(snapshot).stream()
                .anyMatch(controller -> ControllerElement.served(controller, snapshot));
    }
}
