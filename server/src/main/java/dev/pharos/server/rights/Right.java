// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rights;

/// What somebody may be allowed to do; each operation of the REST interface needs one of these ([Needs]).
public enum Right {
    /// About oneself: whoever is signed in has it, and nobody else.
    SELF("look after your own session"),
    /// See devices, what is known of them, what happens, and ask a device for its values.
    LOOK("look at devices"),
    /// Change one device: values, rows and commands, but not who manages it, its firmware, nor that it forgets
    /// everything.
    CHANGE("change a device"),
    /// Do the same to many devices, let devices in and remove them, and what [#CHANGE] leaves out.
    FLEET("manage the fleet"),
    /// Read who did what.
    AUDIT("read the audit log"),
    /// Say who may do what.
    PEOPLE("manage people and tokens"),
    /// Say which other systems are told what devices do, and with which secrets.
    SYSTEMS("connect other systems"),
    /// Look after what all tenants share: the tenants themselves, to whom devices belong, strangers at the door,
    /// backups.
    PLATFORM("look after the server that all tenants share");

    private final String words;

    Right(String words) {
        this.words = words;
    }

    /// Continues "may".
    public String words() {
        return words;
    }
}
