// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.controller.job.AudienceReader;
import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.UnresolvedGroupException;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import java.util.List;

/// For which devices images are meant.
public record ImageAudience(AudienceReader reader, DeviceStore devices) {

    /// @return false too where a group of the image's query was deleted: then nobody knows for whom it is
    public boolean includes(StoredImage image, EndpointId device) {
        if (image.devices().isEmpty()) {
            return true;
        }
        try {
            Condition both = new Condition.All(List.of(
                    reader.read(image.devices()),
                    new Condition.TextIs(TextAttribute.ID, TextComparison.IS, device.toString())));
            return devices.list(new DeviceQuery(both, DeviceQuery.Sort.ID, false, 1, ""))
                            .total()
                    > 0;
        } catch (QueryException | UnresolvedGroupException unreadable) {
            return false;
        }
    }
}
