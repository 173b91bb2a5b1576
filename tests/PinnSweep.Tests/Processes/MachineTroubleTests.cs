using System.ComponentModel;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using PinnSweep.Processes;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Tests.Processes;

public class MachineTroubleTests
{
    public static TheoryData<Exception, string> Troubles => new()
    {
        { new IOException("No space left on device : '/x'", 28), "make room" },
        { new IOException("Disk quota exceeded", 122), "quota" },
        { new IOException("Read-only file system : '/x'", 30), "read-only" },
        { new IOException("Too many open files", 24), "ulimit -n" },
        { new IOException("Input/output error", 5), "system's log" },
        { new IOException("Broken pipe"), "still there" },
        { new UnauthorizedAccessException("Access to the path '/x' is denied."), "permissions" },
        { new DirectoryNotFoundException("Could not find a part of the path '/x'."), "/x" },
        { new FileNotFoundException("Could not load file or assembly", "PinnSweep.Reports, Version=1.0.0.0"), "build again" },
        { new TypeInitializationException("SkiaSharp.SKObject", new DllNotFoundException("Unable to load shared library 'libSkiaSharp'")), "doctor" },
        { new InsufficientMemoryException(), "--slots" },
        { new SocketException(98), "port" },
        { new Win32Exception(11), "ulimit -u" },
        { new Win32Exception(13), "noexec" },
        { new SqliteException("database or disk is full", 13), "disk of the store is full" },
        { new SqliteException("attempt to write a readonly database", 8), "read-only" },
        { new SqliteException("database disk image is malformed", 11), "damaged" },
        { new NpgsqlException("Exception while reading from stream", new IOException("reset")), "does not answer" },
        { new PostgresException("the database system is shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown), "does not serve now" },
        { new PostgresException("could not extend file", "ERROR", "ERROR", PostgresErrorCodes.DiskFull), "make room there" },
        { new AggregateException(new InvalidOperationException("outer", new IOException("No space left on device", 28))), "make room" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void What_the_machine_does_is_told_with_the_way_out(Exception failure, string way) => Assert.Contains(way, MachineTrouble.Explain(failure), StringComparison.Ordinal);

    [Fact]
    public void A_defect_stays_one()
    {
        Assert.All(
            (Exception[])[new InvalidOperationException("x"), new ArgumentException("x"), new KeyNotFoundException(), new SqliteException("no such column: x", 1), new PostgresException("syntax error", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError), new TimeoutException()],
            defect => Assert.Null(MachineTrouble.Explain(defect)));
    }

    [Fact]
    public void What_passes_by_itself_is_told_from_what_does_not()
    {
        Assert.True(StoreTrouble.Of("store", new SqliteException("full", 13))!.MayPass);
        Assert.True(StoreTrouble.Of("store", new NpgsqlException("gone"))!.MayPass);
        Assert.False(StoreTrouble.Of("store", new SqliteException("malformed", 11))!.MayPass);
        Assert.False(StoreTrouble.Of("store", new SqliteException("read-only", 8))!.MayPass);
    }
}
