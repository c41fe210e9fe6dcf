// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One upload of a file over HTTP(S), by PUT. Where it breaks off or stalls it is sent again from its first byte.
///
/// @param order says where to; its check sum and size count for nothing
public record FileUpload(ImageOrder order, ServerTrust trust, Patience patience) {
    private static final Logger LOG = LoggerFactory.getLogger(FileUpload.class);

    /// Returns when the server has said that it has all of it.
    ///
    /// @throws UspException 7022 saying what went wrong, without the query of the URL
    /// @throws InterruptedException where it is cancelled
    public void send(Outgoing file) throws InterruptedException {
        HttpDoor door = new HttpDoor(order, trust, patience);
        Instant end = Instant.now().plus(Limits.LONGEST);
        for (int tries = 1; ; tries++) {
            String why;
            FileProblem problem;
            try {
                door.give(file);
                return;
            } catch (FilePut.SourceException unreadable) {
                throw failure("the file cannot be sent: " + unreadable.getMessage());
            } catch (HttpDoor.LaterException later) {
                why = later.getMessage();
                problem = FileProblem.BUSY;
            } catch (IOException broken) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                why = HttpDoor.words(broken);
                problem = FileProblem.of(broken, !HttpDoor.isClosed(broken));
            }
            if (tries >= patience.tries() || Instant.now().isAfter(end)) {
                throw problem.because(order.place() + " takes no file: " + why);
            }
            LOG.info("{} is given the file again: {}", order.place(), why);
            Thread.sleep(patience.before(tries + 1));
        }
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
