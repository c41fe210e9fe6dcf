// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Why a file did not come or go, finer than USP says it, for which all of it is 7022: for those who tell causes apart.
public enum FileProblem {
    /// The server has no address, or nothing comes of a connection to it.
    UNREACHABLE,
    /// The server does not show who it is.
    INSECURE,
    /// The server wants another login than the one that it was shown.
    LOGIN,
    /// It cannot now, as often as it was asked.
    BUSY,
    /// The server does not give or take it, or sends us where we do not go.
    WITHHELD,
    /// It began, and never became whole.
    BROKEN_OFF,
    /// It came whole, and is not the one that was meant, or of no use here.
    UNUSABLE,
    /// Nobody vouches for it whom this device trusts.
    UNSIGNED,
    /// Our own disk does not take it.
    NO_ROOM;

    /// @return 7022, with this beneath it
    public UspException because(String why) {
        return beneath(new Fault(StandardErrorCode.COMMAND_FAILURE, why));
    }

    /// @return the same failure, with this beneath it; itself where another problem is beneath it already
    public UspException beneath(UspException failed) {
        return of(failed).isPresent() ? failed : beneath(failed.fault());
    }

    private UspException beneath(Fault fault) {
        return new UspException(fault, new Cause(this));
    }

    /// What is beneath a failure; empty where nobody has said.
    public static Optional<FileProblem> of(UspException failed) {
        return failed.getCause() instanceof Cause cause ? Optional.of(cause.problem) : Optional.empty();
    }

    /// @param begun whether some of the file had moved
    static FileProblem of(IOException broken, boolean begun) {
        if (broken instanceof HttpDoor.LaterException) {
            return BUSY;
        }
        if (begun) {
            return BROKEN_OFF;
        }
        return broken instanceof SSLException ? INSECURE : UNREACHABLE;
    }

    /// It is carried and never thrown by itself.
    private static final class Cause extends Exception {
        private static final long serialVersionUID = 1L;

        private final FileProblem problem;

        Cause(FileProblem problem) {
            super(problem.name(), null, false, false);
            this.problem = problem;
        }
    }
}
