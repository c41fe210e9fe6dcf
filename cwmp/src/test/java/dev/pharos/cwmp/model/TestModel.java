// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;

/// A device with a few parameters of each kind.
final class TestModel implements ServiceElement {
    private static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly
              param RootDataModelVersion readOnly string default=2.19

            object Device.DeviceInfo. readOnly
              param Manufacturer readOnly string default=Acme
              param ManufacturerOUI readOnly string default=00256D
              param ProductClass readOnly string default=Box
              param SerialNumber readOnly string default=S1
              param SoftwareVersion readOnly string default=1.0
              param ProvisioningCode readWrite string len=..8
              param UpTime readOnly unsignedInt ignore

            object Device.DeviceInfo.VendorConfigFile.{i}. readOnly key Name
              param Name readOnly string

            object Device.DeviceInfo.VendorLogFile.{i}. readOnly key Name
              param Name readOnly string

            object Device.LocalAgent. readOnly
              param EndpointID readOnly string default=os::00256D-S1

            object Device.Users. readOnly

            object Device.Users.User.{i}. addDelete key Username
              param Username readWrite string len=..16
              param Password readWrite string secured
              param Enable readWrite boolean default=false
              param Language readWrite string list
            """;

    private final SupportedDataModel supported = read();

    @SuppressWarnings("NullAway.Init") // set at the start
    private DeviceContext context;

    private static SupportedDataModel read() {
        try {
            return ModelFormat.read(new StringReader(MODEL), "test");
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext started) {
        context = started;
    }

    /// The device has one more file.
    ///
    /// @return its row
    String add(String table, String name) {
        return context.update(transaction -> transaction.add("Device.DeviceInfo." + table + ".", Map.of("Name", name)));
    }

    /// The device itself changes something.
    void set(String path, String value) {
        context.update(transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    @Override
    public void validate(ChangeSet proposed) {
        for (Change change : proposed.changes()) {
            if (change instanceof Change.ValueChanged(String path, String _, String after) && after.equals("never")) {
                throw new UspException(StandardErrorCode.REQUEST_DENIED, path + " is never set to this");
            }
        }
    }
}
