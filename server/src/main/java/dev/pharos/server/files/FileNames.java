// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.files.DeviceFiles.Wish;
import dev.pharos.usp.EndpointId;
import java.util.Optional;
import java.util.stream.Stream;

/// How devices call their files, as far as they have told.
record FileNames(TwinStore twins) {
    private static final String ROOT = "Device.";
    private static final String OLD_ROOT = "InternetGatewayDevice.";

    /// As the device has told it; empty where it has not.
    String told(EndpointId device, Wish wish) {
        String path = wish.action().object(wish.number()) + "Name";
        return Stream.of(path, OLD_ROOT + path.substring(ROOT.length()))
                .map(each -> twins.find(device, each).map(TwinValue::value))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// The same, so that a file can be called so. One that is called by its type is called so where it comes, and its
    /// type is said where it goes.
    String plain(EndpointId device, Wish wish) {
        if (wish.action().isByType()) {
            return wish.action().isUpload() ? wish.type().replaceAll("[^A-Za-z0-9._-]", "_") : wish.type();
        }
        String plain = told(device, wish).replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.]+", "");
        return plain.isEmpty() ? wish.action().kind().text() + "-" + wish.number() : plain;
    }
}
