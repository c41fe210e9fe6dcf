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
import dev.pharos.device.modules.unit.FileTree;
import dev.pharos.device.modules.unit.ImageLayout;
import dev.pharos.device.modules.unit.ImageReader;
import dev.pharos.device.modules.unit.Manifest;
import dev.pharos.device.modules.unit.ManifestReader;
import dev.pharos.device.modules.unit.Platform;
import dev.pharos.device.modules.unit.UnitFormatException;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings an archive onto the disk, unpacked.
record Delivery(ModulesConfig config, Places places) {

    /// What was brought.
    record Delivered(EnvironmentKind kind, Manifest manifest) {}

    /// @param operation which one needs it
    /// @param folder that it is unpacked into; is not there yet, and may be there in part where this fails
    /// @param mayBe refuses an execution environment that it is for, before more is done than must be
    /// @return what it says of itself
    /// @throws UspException with the fault code of what went wrong
    Delivered bring(
            CommandCall call,
            Source source,
            long operation,
            Wishes wishes,
            Path folder,
            Consumer<EnvironmentKind> mayBe)
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
            FileTree.remove(part);
            if (ImageLayout.isOne(folder)) {
                mayBe.accept(EnvironmentKind.CONTAINERS);
                ImageLayout.lay(folder, most, Platform.here());
                return new Delivered(
                        EnvironmentKind.CONTAINERS, ImageReader.read(folder).manifest());
            }
            mayBe.accept(EnvironmentKind.PROCESSES);
            if (Files.notExists(folder.resolve(Manifest.FILE))) {
                throw ModuleFault.MISMATCH.because(
                        "there is no " + Manifest.FILE + " at the top of the archive, and it is no OCI image");
            }
            return new Delivered(EnvironmentKind.PROCESSES, ManifestReader.read(folder));
        } catch (UnitFormatException wrong) {
            throw fault(wrong.kind()).because(Objects.requireNonNullElse(wrong.getMessage(), "damaged"));
        } finally {
            FileTree.remove(part);
        }
    }

    private static ModuleFault fault(UnitFormatException.Kind kind) {
        return switch (kind) {
            case DAMAGED -> ModuleFault.CORRUPT_DATA;
            case TOO_LARGE -> ModuleFault.RESOURCES_EXCEEDED;
            case ELSEWHERE -> ModuleFault.MISMATCH;
        };
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
