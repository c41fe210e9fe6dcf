// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.Map;
import java.util.function.Supplier;

/// Parameters of `Device.ManagementServer.` that only some devices have.
///
/// @param live what some of them say at each moment, by path
record ExtraParameters(SupportedDataModel supported, Map<String, Supplier<String>> live) implements ServiceElement {
    /// Those of a device with a page for the people at home.
    static ExtraParameters ofPage(LanPage page) {
        return new ExtraParameters(
                ShippedModel.read("lan-page.dm"),
                Map.of(
                        ManagementServerElement.OBJECT + "KickURL", page::kickUrl,
                        ManagementServerElement.OBJECT + "DownloadProgressURL", page::url));
    }

    /// Those of a device that notices when it has stood by.
    static ExtraParameters ofStandby() {
        return new ExtraParameters(ShippedModel.read("standby-policy.dm"), Map.of());
    }

    @Override
    public void start(DeviceContext context) {
        // there is nothing to publish but what is read when it is asked for
    }

    @Override
    public void validate(ChangeSet proposed) {
        proposed.changes().forEach(StandbyPolicy::check);
    }

    @Override
    public boolean isLive(String path) {
        return live.containsKey(path);
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        Supplier<String> value = live.get(object.path() + parameter);
        if (value == null) {
            throw new IllegalArgumentException("not live: " + object.path() + parameter);
        }
        return value.get();
    }
}
