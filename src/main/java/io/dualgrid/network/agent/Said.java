package io.dualgrid.network.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.JsonFault;
import java.io.IOException;

/** What parties say to each other outside of a run's messages. */
final class Said {
  private Said() {}

  /**
   * Reads it.
   *
   * @param unreadable what to say where it cannot be read
   * @throws WireException with that, and the reason
   */
  static <T> T read(byte[] bytes, Class<T> kind, String unreadable) {
    try {
      return Json.read(bytes, kind);
    } catch (JsonProcessingException e) {
      throw new WireException(unreadable + ": " + JsonFault.reason(e), e);
    } catch (IOException e) {
      throw new WireException(unreadable, e);
    }
  }
}
