// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import java.util.Optional;

/// How `controller_url`, `mtp` and `enable_tls` of the section `config usp` become one address.
@FunctionalInterface
public interface ShortForm {
    /// @throws IllegalArgumentException saying what is missing or contradicts
    String address(String url, Optional<String> mtp, Optional<Boolean> tls);
}
