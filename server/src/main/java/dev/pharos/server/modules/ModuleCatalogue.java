// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.ModuleStore;
import dev.pharos.server.store.ModuleStore.StoredModule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The software modules of a server. Their files are in the repository of firmware images, and devices fetch them as
/// they do those. Thread-safe.
///
/// @param signers whose signatures count; where there are none, nothing is signed
public record ModuleCatalogue(
        ModuleStore store, FirmwareRepository repository, FirmwareLinks links, ModuleSigners signers) {

    /// The newest first.
    public List<StoredModule> all() {
        return store.all();
    }

    public Optional<StoredModule> find(long id) {
        return store.find(id);
    }

    /// Keeps a module whose file was received. Where that cannot be, its file is gone after this.
    ///
    /// @return it with its number; empty where there is one of this vendor, name and version already, or as many as
    ///     may be
    public Optional<StoredModule> add(StoredModule module) {
        return repository.keep(module.image().file(), () -> store.add(module));
    }

    /// Forgets a module, and its file.
    ///
    /// @return whether it was there
    public boolean remove(StoredModule module) {
        return repository.remove(module.image());
    }

    /// A link by which a device fetches it without any login; empty where the server does not know yet where devices
    /// reach it.
    public Optional<Link> link(StoredModule module, Duration life) {
        return links.to(module.image(), life);
    }
}
