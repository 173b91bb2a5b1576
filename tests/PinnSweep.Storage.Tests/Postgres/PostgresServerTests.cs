using Npgsql;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Storage.Tests.Postgres;

public sealed class PostgresServerTests
{
    [Fact]
    public void Databases_of_the_shared_server_are_apart()
    {
        var server = PostgresServer.Shared;

        var (one, other) = (server.CreateDatabase(), server.CreateDatabase());

        Assert.NotEqual(one, other);
        server.Execute(new Uri(one).AbsolutePath[1..], "create table t (a int)");
        Assert.Throws<PostgresException>(() => server.Execute(new Uri(other).AbsolutePath[1..], "drop table t"));
    }

    [Fact]
    public void What_was_committed_survives_a_stop_and_a_start_on_the_same_port()
    {
        using var server = PostgresServer.StartNew();
        server.Execute("postgres", "create table t (a int)");
        var port = server.Port;

        server.Stop();
        Assert.False(server.IsRunning);
        server.Start();

        server.Execute("postgres", "insert into t values (1)");
        Assert.Equal(port, server.Port);
    }
}
