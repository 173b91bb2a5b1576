using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Testing.Postgres;

/// <summary>
/// A real PostgreSQL server on the loopback interface, with a data folder of its own. It ends with the process that started it, however
/// that ends: a shell between the two waits on a pipe that breaks then.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The account that owns every database of the server.</summary>
    public const string User = "pinnsweep";

    /// <summary>Its password.</summary>
    public const string Password = "pg-secret-of-tests";

    private const string Loopback = "127.0.0.1";

    // Stopped by a word and a closed pipe; a pipe that closes without a word is the end of whoever started it.
    private const string Script =
        """
        folder=$1 binaries=$2 port=$3
        shift 3
        exec 2>/dev/null
        "$binaries/postgres" -D "$folder/data" -p "$port" "$@" >"$folder/log" 2>&1 &
        server=$!
        read -r word || word=
        kill -QUIT "$server"
        wait "$server"
        [ -n "$word" ] || rm -rf "$folder"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PostgresServer> TheShared = new(() => StartNew());
    private readonly string _folder;
    private readonly PostgresReach? _beyond;
    private readonly string[] _settings;
    private Process? _shell;
    private int _databases;

    private PostgresServer(string folder, bool flushes, PostgresReach? beyond)
    {
        _folder = folder;
        _beyond = beyond;
        Port = FreePort.Next();
        _settings =
        [
            .. new[]
            {
                $"listen_addresses={(beyond is null ? Loopback : $"{Loopback},{beyond.Address}")}", "unix_socket_directories=", "max_connections=200", "shared_buffers=32MB", "dynamic_shared_memory_type=mmap",
                "log_min_messages=warning",
            },
            .. flushes ? Array.Empty<string>() : ["fsync=off", "full_page_writes=off"],
        ];
    }

    /// <summary>Why this machine has no server to start; null where it has one.</summary>
    public static string? Absent => Binaries is null ? "no PostgreSQL server on this machine: apt-get install postgresql" : null;

    /// <summary>
    /// The server that the tests of this process share, each in databases of its own. Where there is none the test is skipped.
    /// </summary>
    public static PostgresServer Shared
    {
        get
        {
            SkipIfAbsent();
            return TheShared.Value;
        }
    }

    /// <summary>The port on 127.0.0.1; the same after a stop and a start.</summary>
    public int Port { get; }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _shell is { HasExited: false };

    private static string? Binaries { get; } = FindBinaries();

    /// <summary>A server of a test's own, to be disposed. Where there is none the test is skipped.</summary>
    /// <param name="flushes">Whether commits reach the disk, as in production; tests go without, as only a power cut tells the
    /// difference.</param>
    /// <param name="beyond">Where it listens besides the loopback interface; its databases then have addresses there.</param>
    public static PostgresServer StartNew(bool flushes = false, PostgresReach? beyond = null)
    {
        SkipIfAbsent();
        var server = new PostgresServer(Directory.CreateTempSubdirectory("pinnsweep-postgres-").FullName, flushes, beyond);
        try
        {
            server.Initialize();
            server.Start();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty database and gives its address.</summary>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Execute("postgres", $"create database {name}");
        return AddressOf(name);
    }

    /// <summary>The address of a database, as a user would give it.</summary>
    public string AddressOf(string database, string password = Password) =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{User}:{password}@{_beyond?.Address ?? Loopback}:{Port}/{database}");

    /// <summary>Runs one statement in a database.</summary>
    public void Execute(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of a statement's first row as text; null where there is no row.</summary>
    public string? Scalar(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>Ends it as a crash would: connections break, nothing is flushed beyond what was committed.</summary>
    public void Stop() => End("stop");

    /// <summary>Starts it, again on the same port and data, and waits until it answers.</summary>
    public void Start()
    {
        // What an earlier life said must not be taken for this one's.
        File.Delete(LogPath);
        _shell = Process.Start(AsUnprivileged("sh", ["-c", Script, "sh", _folder, Binaries!, Port.ToString(CultureInfo.InvariantCulture), .. _settings.SelectMany(setting => new[] { "-c", setting })], isWatched: true))!;
        var clock = Stopwatch.StartNew();
        while (!Answers())
        {
            if (_shell.HasExited || clock.Elapsed > Patience || Log().Contains("database system is shut down", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL does not answer on port {Port}:\n{Log()}");
            }

            _shell.WaitForExit(25);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End("");
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static void SkipIfAbsent()
    {
        if (Absent is not null)
        {
            throw new TestSkippedException(Absent);
        }
    }

    private static string? FindBinaries() =>
        new[] { "/usr/lib/postgresql", "/usr/local/pgsql" }
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>The server refuses to run as root.</summary>
    private static ProcessStartInfo AsUnprivileged(string program, IEnumerable<string> arguments, bool isWatched = false)
    {
        var command = Environment.UserName == "root"
            ? ["setpriv", $"--reuid={Account}", $"--regid={GroupId}", "--clear-groups", program, .. arguments]
            : (string[])[program, .. arguments];
        return new(command[0], command[1..]) { WorkingDirectory = "/", RedirectStandardInput = isWatched, RedirectStandardError = !isWatched, RedirectStandardOutput = !isWatched };
    }

    private static string Account => AccountLine[0];

    private static string GroupId => AccountLine[3];

    /// <summary>name:password:user:group:…</summary>
    private static string[] AccountLine =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).OrderBy(fields => fields[0] != "postgres").First(fields => fields[0] is "postgres" or "nobody");

    private void Initialize()
    {
        if (Environment.UserName == "root")
        {
            Run(new("chown", [$"{Account}:{GroupId}", _folder]) { RedirectStandardError = true, RedirectStandardOutput = true });
        }

        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Password);
        Run(AsUnprivileged(
            Path.Combine(Binaries!, "initdb"),
            ["-D", Path.Combine(_folder, "data"), "-U", User, "--pwfile", password, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]));
        if (_beyond is not null)
        {
            File.AppendAllText(Path.Combine(_folder, "data", "pg_hba.conf"), $"host all all {_beyond.Network} scram-sha-256\n");
        }
    }

    private void End(string word)
    {
        if (_shell is null)
        {
            return;
        }

        if (word.Length > 0)
        {
            _shell.StandardInput.WriteLine(word);
        }

        _shell.StandardInput.Close();
        if (!_shell.WaitForExit(Patience))
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
        _shell = null;
    }

    private bool Answers()
    {
        try
        {
            using var connection = Connect("postgres");
            using var command = new NpgsqlCommand("show data_directory", connection);
            return (string?)command.ExecuteScalar() == Path.Combine(_folder, "data");
        }
        catch (Exception refused) when (refused is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    private NpgsqlConnection Connect(string database)
    {
        var connection = new NpgsqlConnection(string.Create(
            CultureInfo.InvariantCulture, $"Host={Loopback};Port={Port};Username={User};Password={Password};Database={database};Pooling=false;Timeout=5"));
        connection.Open();
        return connection;
    }

    private string LogPath => Path.Combine(_folder, "log");

    private string Log() => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private static void Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: exit code {process.ExitCode}\n{output.Result}{error.Result}");
        }
    }
}

/// <summary>An address of this machine on which a server listens, and the network that it admits there.</summary>
public sealed record PostgresReach(string Address, string Network);
