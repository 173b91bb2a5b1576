using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Storage.Tests;

public sealed class StorePlaceTests
{
    [Theory]
    [InlineData("pinnsweep.db", false)]
    [InlineData("/tmp/postgresql/store.db", false)]
    [InlineData("C=3.db", false)]
    [InlineData("postgresql://h/d", true)]
    [InlineData("POSTGRES://h/d", true)]
    [InlineData("Host=h;Database=d", true)]
    [InlineData(" server = h; database=d", true)]
    public void Parse_tells_addresses_from_files(string place, bool isPostgres) => Assert.Equal(isPostgres, StorePlace.Parse(place).IsPostgres);

    [Theory]
    [InlineData("postgresql://ann:s3cret@db.example:6543/sweeps", "postgresql://ann@db.example:6543/sweeps")]
    [InlineData("postgresql://ann:s%40cret@db.example/sweeps?sslmode=require&connect_timeout=3&application_name=x", "postgresql://ann@db.example/sweeps")]
    [InlineData("postgresql://[::1]:6543/sweeps", "postgresql://[::1]:6543/sweeps")]
    [InlineData("Host=db.example;Username=ann;Password=s3cret;Database=sweeps", "postgresql://ann@db.example/sweeps")]
    public void An_address_is_shown_without_its_password(string place, string expected)
    {
        var parsed = StorePlace.Parse(place);

        Assert.Equal(expected, parsed.Display);
        Assert.Equal(expected, parsed.ToString());
    }

    [Theory]
    [InlineData("postgresql://ann:s3cret/more@db/sweeps", "cannot be read")]
    [InlineData("postgresql://ann:s3cret@db/sweeps?sslmod=require", "'sslmod'")]
    [InlineData("postgresql://ann:s3cret@db/sweeps?sslmode=s3cret", "'sslmode'")]
    [InlineData("Host=db;Password=s3cret;Databse=sweeps", "'databse'")]
    [InlineData("Password=s3cret;Database=sweeps", "names no host")]
    [InlineData("postgresql:///sweeps", "names no host")]
    public void An_address_that_is_none_is_refused_without_repeating_the_password(string place, string reason)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => StorePlace.Parse(place));

        Assert.Contains(reason, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("postgresql://user", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_beside_a_store_is_in_the_folder_of_the_file_or_the_current_one()
    {
        Assert.Equal("/data/x.db.work", StorePlace.Parse("/data/x.db").Beside(".work"));
        Assert.Equal("/data", StorePlace.Parse("/data/x.db").Folder);
        Assert.Equal(Path.GetFullPath("a_b.work"), StorePlace.Parse("postgresql://h/a%2Fb").Beside(".work"));
        Assert.Equal(Path.GetFullPath("."), StorePlace.Parse("postgresql://h/d").Folder);
    }

    [Theory]
    [InlineData("run x --store postgresql://ann:s3cret@db/sweeps --slots 2", "run x --store postgresql://ann@db/sweeps --slots 2")]
    [InlineData("--store=postgres://ann:s3/cr@t@db/d", "--store=postgres://ann@db/d")]
    [InlineData("Host=h;Password=s3cret;Database=d", "Host=h;Password=…;Database=d")]
    [InlineData("Host=h;PWD = 's3 cret'", "Host=h;PWD=…")]
    [InlineData("nothing to hide: postgresql://db/d", "nothing to hide: postgresql://db/d")]
    public void WithoutPasswords_leaves_the_rest(string text, string expected) => Assert.Equal(expected, StorePlace.WithoutPasswords(text));
}
