using System.Text;
using PinnSweep.Storage.Files;
using Serilog.Sinks.File;

namespace PinnSweep.Logging;

/// <summary>Each file of the log, the next ones too, is for its owner alone: logs name studies, machines and addresses.</summary>
internal sealed class PrivateLogFile : FileLifecycleHooks
{
    /// <inheritdoc/>
    public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
    {
        PrivateFiles.Tighten(path);
        return underlyingStream;
    }
}
