// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.PartFile;
import dev.pharos.device.modules.DeploymentUnit.Source;
import dev.pharos.device.modules.DeploymentUnit.Wishes;
import dev.pharos.device.modules.unit.Archive;
import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.device.modules.unit.ManifestReader;
import dev.pharos.device.modules.unit.UnitFormatException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Brings an archive onto the disk, unpacked.
record Delivery(ModulesConfig config, Places places) {

    /// @param operation which one needs it
    /// @param folder that it is unpacked into; is not there yet, and may be there in part where this fails
    /// @return what it says of itself
    /// @throws UspException with the fault code of what went wrong
    Manifest bring(CommandCall call, Source source, long operation, Wishes wishes, Path folder)
            throws IOException, InterruptedException {
        Path part = places.incoming(operation);
        try {
            ImageOrder order = order(call, source);
            SignatureCheck check = new SignatureCheck(config);
            Optional<Bytes> signature = check.fetch(order, call.input(SignatureCheck.ARGUMENT, ""));
            fetch(order, part);
            if (signature.isPresent()) {
                check.mustBeOf(part, signature.get());
            }
            long most = wishes.disk() < 0 ? Long.MAX_VALUE : wishes.disk() << 10;
            Archive.unpack(part, folder, most);
            if (Files.notExists(folder.resolve(Manifest.FILE))) {
                throw ModuleFault.MISMATCH.because("there is no " + Manifest.FILE + " at the top of the archive");
            }
            return ManifestReader.read(folder);
        } catch (UnitFormatException wrong) {
            ModuleFault fault = wrong.isTooLarge() ? ModuleFault.RESOURCES_EXCEEDED : ModuleFault.CORRUPT_DATA;
            throw fault.because(Objects.requireNonNullElse(wrong.getMessage(), "damaged"));
        } finally {
            Places.remove(part);
        }
    }

    private static ImageOrder order(CommandCall call, Source source) {
        return ImageOrder.of(new CommandCall(
                call.object(),
                call.command(),
                Map.of("URL", source.url(), "Username", source.username(), "Password", source.password())));
    }

    private void fetch(ImageOrder order, Path part) throws IOException, InterruptedException {
        try (PartFile file = PartFile.open(part, order)) {
            ImageFetch.Fetched _ =
                    file.fetching(order, config.trust(), config.patience()).fetch();
        } catch (UspException failed) {
            throw FileProblem.of(failed)
                    .map(problem -> fault(problem).because(failed.fault().errMsg()))
                    .orElse(failed);
        }
    }

    static ModuleFault fault(FileProblem problem) {
        return switch (problem) {
            case LOGIN, WITHHELD, UNUSABLE, UNSIGNED -> ModuleFault.REQUEST_DENIED;
            case UNREACHABLE, BUSY, BROKEN_OFF -> ModuleFault.SERVER_UNREACHABLE;
            case INSECURE -> ModuleFault.SERVER_INSECURE;
            case NO_ROOM -> ModuleFault.RESOURCES_EXCEEDED;
        };
    }
}
