// The single frames of a captured track, for the encoder. Chromium hands them out also while this page is in the
// background, where a sharing person's page mostly is; elsewhere they are taken from a playing video, which browsers slow
// down there.

/** Not in the library of types yet (W3C MediaStreamTrack Insertable Streams). */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

/** Hands each frame to `take`, which closes it, until the function that this returns is called or the track ends. */
export function eachFrame(track: MediaStreamTrack, take: (frame: VideoFrame) => void): () => void {
  return typeof MediaStreamTrackProcessor === "undefined" ? fromVideo(track, take) : fromTrack(track, take);
}

function fromTrack(track: MediaStreamTrack, take: (frame: VideoFrame) => void): () => void {
  // A copy: to end the reading must not end what others do with the track.
  const own = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: own, maxBufferSize: 2 }).readable.getReader();
  let over = false;
  const read = async () => {
    while (!over) {
      const { value, done } = await reader.read();
      if (done) return;
      if (over) value.close();
      else take(value);
    }
  };
  read().catch(() => undefined);
  return () => {
    over = true;
    own.stop();
    reader.cancel().catch(() => undefined);
  };
}

function fromVideo(track: MediaStreamTrack, take: (frame: VideoFrame) => void): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let over = false;
  const next = () => {
    if (over) return;
    if (video.videoWidth > 0) take(new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) }));
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
  video.play().catch(() => undefined);
  return () => {
    over = true;
    video.pause();
    video.srcObject = null;
  };
}
