package io.dualgrid.network.agent;

import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.recording.Recorder;
import java.util.concurrent.CompletableFuture;

/** A link to a cloud of which a recording site notes the numbers of its masks. */
record OwnMasks(CloudLink link, Recorder recorder) implements CloudLink {
  @Override
  public CompletableFuture<byte[]> ask(byte[] request) {
    if (Letter.fromBytes(request).message() instanceof MaskedProgram program) {
      recorder.ownMask(program.mask());
    }
    return link.ask(request);
  }
}
