using Microsoft.Extensions.Logging;
using PinnSweep.Processes;
using PinnSweep.Storage;
using PinnSweep.Storage.Files;
using PinnSweep.Studies.Mistakes;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace PinnSweep.Logging;

/// <summary>
/// The log of a run: warnings on the console, everything as compact JSON in a rolling file beside the store, and the same to a Seq server
/// if one is named. Seq is fed from a buffer on disk by a thread of its own, so a server that is slow or gone holds nothing up.
/// </summary>
internal sealed class RunLog : IAsyncDisposable
{
    private const string WayOut = "name a store or a work folder in a folder of your own by --store or --work";
    private const long FileSizeLimitBytes = 50L << 20;

    // What a server may take to swallow the rest at the end; what it does not take stays in the buffer and goes with the next run.
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(3);

    private readonly Logger _logger;
    private readonly SerilogLoggerFactory _factory;

    private RunLog(Logger logger, ConsoleSink console, string? folder)
    {
        _logger = logger;
        _factory = new(logger, dispose: false);
        Console = console;
        Folder = folder;
    }

    /// <summary>What the program and the cluster log to.</summary>
    public ILoggerFactory Loggers => _factory;

    /// <summary>The console's part.</summary>
    public ConsoleSink Console { get; }

    /// <summary>Where the files are; null without files.</summary>
    public string? Folder { get; }

    /// <summary>Opens the log.</summary>
    /// <param name="error">The console.</param>
    /// <param name="beside">The store: the folder of the file, or the current one, gets the logs folder; null, or a folder that does not
    /// exist, for no files.</param>
    /// <param name="seq">A Seq server, or null.</param>
    /// <param name="name">What its files are called: nodes of one machine share a folder.</param>
    /// <exception cref="UserMistakeException">The server's address is no address.</exception>
    public static RunLog Open(TextWriter error, string? beside, string? seq, string name = "pinnsweep")
    {
        var console = new ConsoleSink(error);
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // What belongs to a warning of the actor system, its stack trace above all.
            .MinimumLevel.Override("Akka", LogEventLevel.Debug)
            .Enrich.FromLogContext()
            .Enrich.WithProperty("Application", "PinnSweep")
            .Enrich.WithProperty("Version", DefectReport.Version)
            .Enrich.WithProperty("Node", Environment.MachineName)
            .WriteTo.Sink(console, LogEventLevel.Warning);
        var folder = beside is not null && StorePlace.Parse(beside).Folder is { } place && Directory.Exists(place) ? Path.Combine(place, "logs") : null;
        if (folder is not null && Refusal(folder) is { } refusal)
        {
            // A study can do without; somebody else's folder is no place for its log.
            error.WriteLine($"Notice: no log is written: {refusal}");
            folder = null;
        }

        if (folder is not null)
        {
            PrivateFiles.Tighten(Directory.EnumerateFiles(folder, $"{name}-*.jsonl"));
            configuration.WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(folder, $"{name}-.jsonl"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: FileSizeLimitBytes,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: 14,
                hooks: new PrivateLogFile());
        }

        if (seq is not null)
        {
            var buffer = folder is null ? OwnFolders.Take("seq-buffer", WayOut) : Path.Combine(folder, "seq-buffer");
            PrivateFiles.Folder(buffer, WayOut);
            SeqShipping.AddTo(configuration, seq, buffer);
        }

        return new(configuration.CreateLogger(), console, folder);
    }

    public async ValueTask DisposeAsync()
    {
        _factory.Dispose();
        try
        {
            await _logger.DisposeAsync().AsTask().WaitAsync(FlushLimit);
        }
        catch (TimeoutException)
        {
            // The buffer on disk keeps what the server did not take.
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // A full disk takes no last words, and must not hide why the run ended.
        }
    }

    private static string? Refusal(string folder)
    {
        try
        {
            PrivateFiles.SharedFolder(folder, WayOut);
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Message;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{folder}: {refused.Message}";
        }
    }
}
