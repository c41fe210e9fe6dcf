// SPDX-License-Identifier: Apache-2.0
/// What `docs/usp-services.md` shows.
@NullMarked
package dev.pharos.agent.sample;

import org.jspecify.annotations.NullMarked;
