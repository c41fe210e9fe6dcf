// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.firmware.FileProblem;
import dev.pharos.device.firmware.ImageFetch;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.ImageSink;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether one of those who may sign archives has signed this one, before anything of it is unpacked. The
/// signature is a file of its own. Where nobody is named who may, archives need none.
record SignatureCheck(ModulesConfig config) {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureCheck.class);

    /// The argument of InstallDU() and Update() that says where it is (TR-181).
    static final String ARGUMENT = "Signature";

    private static final String SUFFIX = ".sig";

    /// Fetches the signature; first, so that an archive that has none is not fetched at all.
    ///
    /// @param where it is, as the command says; where that is empty it is beside the archive
    /// @return empty where the archive needs none
    /// @throws UspException 7036 where there is none that can be; else with the fault code of what went wrong
    Optional<Bytes> fetch(ImageOrder archive, String where) throws InterruptedException {
        if (!config.signers().any()) {
            if (!where.isEmpty()) {
                throw ModuleFault.BAD_SIGNATURE.because(
                        ARGUMENT + ": this device was not told whose signatures count, and looks at none");
            }
            return Optional.empty();
        }
        ImageOrder order = where.isEmpty() ? archive.beside(SUFFIX) : archive.elsewhere(ARGUMENT, where);
        ShortFile taken = new ShortFile();
        try {
            ImageFetch.Fetched _ = new ImageFetch(order, taken, config.trust(), config.patience()).fetch();
        } catch (UspException failed) {
            throw FileProblem.of(failed)
                    .map(problem -> fault(problem)
                            .because(
                                    "the archive's signature: " + failed.fault().errMsg()))
                    .orElse(failed);
        }
        return Optional.of(Bytes.adopt(taken.bytes.toByteArray()));
    }

    private static ModuleFault fault(FileProblem problem) {
        return switch (problem) {
            case WITHHELD, UNUSABLE, UNSIGNED, NO_ROOM -> ModuleFault.BAD_SIGNATURE;
            case LOGIN, UNREACHABLE, BUSY, BROKEN_OFF, INSECURE -> Delivery.fault(problem);
        };
    }

    /// @throws UspException 7036 where it is none of this archive by anybody who may sign them
    void mustBeOf(Path archive, Bytes signature) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            String signer = config.signers()
                    .signer(in, signature)
                    .orElseThrow(() -> ModuleFault.BAD_SIGNATURE.because(
                            "the archive's signature is by nobody whose signatures count here, or of another archive"));
            LOG.info("the archive is signed by {}", signer);
        }
    }

    /// Keeps what is as short as signatures are.
    private static final class ShortFile implements ImageSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void restart() {
            bytes.reset();
        }

        @Override
        public void write(byte[] more, int length) {
            if (bytes.size() + length > Limits.SIGNATURE) {
                throw FileProblem.UNSIGNED.because("it has more than " + Limits.SIGNATURE + " bytes, and so is none");
            }
            bytes.write(more, 0, length);
        }
    }
}
