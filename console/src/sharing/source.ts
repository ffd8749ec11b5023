// The single frames of a captured track, for the encoder. Chromium hands them out also while this page is in the
// background, where a sharing person's page mostly is; elsewhere they are taken from a playing video, which browsers slow
// down there.

/** Not in the library of types yet (W3C MediaStreamTrack Insertable Streams). */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

export interface Source {
  /** Hands out the picture as it is now, where nothing moves. */
  again(): void;
  stop(): void;
}

/** Hands each frame to `take`, which closes it soon, until it is stopped or the track ends. */
export function eachFrame(track: MediaStreamTrack, take: (frame: VideoFrame) => void): Source {
  if (typeof MediaStreamTrackProcessor === "undefined") return fromVideo(track, take);
  let stop = fromTrack(track, take);
  return {
    // A new reader gets a frame at once.
    again() {
      stop();
      stop = fromTrack(track, take);
    },
    stop: () => stop(),
  };
}

function fromTrack(track: MediaStreamTrack, take: (frame: VideoFrame) => void): () => void {
  // A copy: to end the reading must not end what others do with the track.
  const own = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: own, maxBufferSize: 4 }).readable.getReader();
  let over = false;
  const read = async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (over) value.close();
      else take(value);
    }
  };
  read().catch(() => undefined);
  return () => {
    over = true;
    // What is in it is read to its end, so that each frame is closed.
    own.stop();
  };
}

function fromVideo(track: MediaStreamTrack, take: (frame: VideoFrame) => void): Source {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let over = false;
  const now = () => {
    if (!over && video.videoWidth > 0) take(new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) }));
  };
  const next = () => {
    now();
    if (!over) video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  video.play().catch(() => undefined);
  return {
    again: now,
    stop() {
      over = true;
      video.pause();
      video.srcObject = null;
    },
  };
}
