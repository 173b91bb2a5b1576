using System.Globalization;
using Akka.Configuration;
using PinnSweep.Cluster.Working;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Hosting;

/// <summary>
/// A settings file of a node (HOCON): the product's own keys under <c>pinnsweep</c>, and Akka's, stronger than the built-in ones. The
/// profiles of the repository's cluster-config folder are part of the program and go by their names.
/// </summary>
public sealed class NodeProfile
{
    /// <summary>What a node uses that names none.</summary>
    public const string Default = "lab";

    private const string Prefix = "pinnsweep-profile.";

    private static readonly string[] Keys =
    [
        "lease-duration", "offer-timeout", "fault-limit", "lost-worker-limit", "watchdog", "drain-timeout", "checkpoint-every", "progress-every", "hang-timeout", "disk-floor", "keep-networks", "keep-checkpoints",
        "lease.heartbeat-timeout", "lease.heartbeat-interval", "lease.lease-operation-timeout",
    ];

    private readonly string _source;
    private readonly Config _own;

    private NodeProfile(string source, Config config)
    {
        _source = source;
        Settings = config;
        _own = config.GetConfig("pinnsweep") ?? Config.Empty;
        foreach (var (key, _) in _own.AsEnumerable())
        {
            CheckKey(key, _own);
        }
    }

    /// <summary>Names of the built-in profiles.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. typeof(NodeProfile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]))
            .Order(StringComparer.Ordinal)
    ];

    /// <summary>The file's settings, Akka's and the product's.</summary>
    public Config Settings { get; }

    /// <summary>Leases and quarantine.</summary>
    public LeasePolicy Policy => new(Duration("lease-duration", TimeSpan.FromSeconds(60)), Number("fault-limit", 3), Number("lost-worker-limit", 20));

    /// <summary>A grant that its worker has not taken is repeated after this time, until its lease runs out.</summary>
    public TimeSpan OfferTimeout => Duration("offer-timeout", TimeSpan.FromSeconds(15));

    /// <summary>Without a word of a coordinator for this long a worker's node ends.</summary>
    public TimeSpan Watchdog => Duration("watchdog", TimeSpan.FromSeconds(NodeDefaults.WatchdogSeconds));

    /// <summary>How long a worker may take to write checkpoints and give back what it trains.</summary>
    public TimeSpan DrainTimeout => Duration("drain-timeout", TimeSpan.FromSeconds(NodeDefaults.DrainSeconds));

    /// <summary>Time between checkpoints of a running trial.</summary>
    public TimeSpan CheckpointEvery => Duration("checkpoint-every", TimeSpan.FromSeconds(30));

    /// <summary>Time between progress reports of a running trial.</summary>
    public TimeSpan ProgressEvery => Duration("progress-every", TimeSpan.FromSeconds(1));

    /// <summary>A trainer that says nothing for this long is killed.</summary>
    public TimeSpan HangTimeout => Duration("hang-timeout", TimeSpan.FromMinutes(2));

    /// <summary>Bytes that must be free in the work folder before a worker takes work.</summary>
    public long DiskFloor => Size("disk-floor", WorkerSettings.DefaultDiskFloor);

    /// <summary>Whether trained networks are stored beside results.</summary>
    public bool KeepsNetworks => Switch("keep-networks", true);

    /// <summary>Whether the states at the ends of trials are stored beside results.</summary>
    public bool KeepsFinals => Switch("keep-checkpoints", true);

    /// <summary>A built-in profile by its name, or a file.</summary>
    /// <exception cref="UserMistakeException">There is no such profile or file, or it cannot be read.</exception>
    public static NodeProfile Load(string nameOrFile)
    {
        if (BuiltIn.Contains(nameOrFile))
        {
            return Parse(Text(nameOrFile), nameOrFile);
        }

        if (!File.Exists(nameOrFile))
        {
            throw new UserMistakeException(
                $"--config {nameOrFile}: no such file and no built-in profile{NearestMatch.Hint(nameOrFile, BuiltIn)}");
        }

        return Parse(File.ReadAllText(nameOrFile), nameOrFile);
    }

    /// <summary>The text of a built-in profile.</summary>
    public static string Text(string builtIn)
    {
        using var stream = typeof(NodeProfile).Assembly.GetManifestResourceStream($"{Prefix}{builtIn}.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Settings from text.</summary>
    public static NodeProfile Parse(string text, string source)
    {
        try
        {
            return new(source, ConfigurationFactory.ParseString(text));
        }
        catch (Exception unreadable) when (unreadable is not UserMistakeException)
        {
            // The parser has no exception of its own.
            throw new UserMistakeException($"{source}: cannot be read as HOCON: {unreadable.Message}", unreadable);
        }
    }

    private void CheckKey(string key, Config config)
    {
        if (key == "lease")
        {
            foreach (var (inner, _) in config.GetConfig(key).AsEnumerable())
            {
                CheckKey($"{key}.{inner}", config);
            }
        }
        else if (!Keys.Contains(key))
        {
            throw new UserMistakeException($"{_source}: unknown key 'pinnsweep.{key}'{NearestMatch.Hint(key, Keys)}");
        }
    }

    private TimeSpan Duration(string key, TimeSpan otherwise)
    {
        try
        {
            return _own.GetTimeSpan(key, otherwise, allowInfinite: false) is var value && value > TimeSpan.Zero
                ? value
                : throw new FormatException("not above 0");
        }
        catch (Exception wrong) when (wrong is FormatException or ConfigurationException or OverflowException)
        {
            throw new UserMistakeException($"{_source}: pinnsweep.{key} = {_own.GetString(key)}: expected a duration above 0, for instance 30s", wrong);
        }
    }

    private bool Switch(string key, bool otherwise)
    {
        try
        {
            return _own.GetBoolean(key, otherwise);
        }
        catch (Exception wrong) when (wrong is FormatException or ConfigurationException or NotSupportedException)
        {
            throw new UserMistakeException($"{_source}: pinnsweep.{key} = {_own.GetString(key)}: expected on or off", wrong);
        }
    }

    private long Size(string key, long otherwise)
    {
        try
        {
            return _own.GetByteSize(key, otherwise) is { } bytes and >= 0 ? bytes : throw new FormatException("below 0");
        }
        catch (Exception wrong) when (wrong is FormatException or ConfigurationException or OverflowException)
        {
            throw new UserMistakeException($"{_source}: pinnsweep.{key} = {_own.GetString(key)}: expected a size, for instance 64MiB", wrong);
        }
    }

    private int Number(string key, int otherwise)
    {
        var text = _own.GetString(key, null);
        return text is null ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
            : throw new UserMistakeException($"{_source}: pinnsweep.{key} = {text}: expected a whole number above 0");
    }
}
