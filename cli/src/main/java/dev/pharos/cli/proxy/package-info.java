// SPDX-License-Identifier: Apache-2.0
/// An MTP proxy: agents that speak one transport reach a controller that speaks another (TR-369, appendix
/// "Communications Proxying").
@NullMarked
package dev.pharos.cli.proxy;

import org.jspecify.annotations.NullMarked;
