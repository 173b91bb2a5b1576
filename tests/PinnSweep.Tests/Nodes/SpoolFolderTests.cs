using PinnSweep.Nodes;

namespace PinnSweep.Tests.Nodes;

public sealed class SpoolFolderTests
{
    private static readonly NodeRequest Request = new()
    {
        Coordinates = true,
        Works = true,
        Name = "node",
        Host = "127.0.0.1",
        Port = 4053,
        Profile = "lab",
        Store = "/store/study.db",
        Work = "/work/here/",
    };

    [Fact]
    public void The_spool_lies_beside_the_store_or_beside_the_work_folder_and_never_in_a_workers()
    {
        var postgres = Request with { Store = "postgres://pinnsweep@db/pinnsweep" };

        Assert.Equal("/store/study.db-http", SpoolFolder.PlaceOf(Request));
        Assert.Equal("/work/here-http", SpoolFolder.PlaceOf(postgres));
        Assert.Equal("/work/here/pinnsweep-http", SpoolFolder.PlaceOf(postgres with { Works = false }));
        Assert.Equal("/spool/pinnsweep-http", SpoolFolder.PlaceOf(postgres with { Spool = "/spool" }));
    }
}
