using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Checkpoints;

public sealed class StateArchiveTests
{
    [Fact]
    public void What_is_written_is_read_into_the_same_places()
    {
        var written = new Everything(2.5, -7, true, "text", [1, double.NaN], [0.25f, -3], 41, [3, 4, 5]);
        var read = new Everything(0, 0, false, "", new double[2], new float[2], 0, []);

        Copy(written, read);

        Assert.Equal(written.Told, read.Told);
    }

    [Fact]
    public void A_name_that_is_not_the_expected_one_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Copy(new Numbers("weights", [1, 2]), new Numbers("rates", [0, 0])));

        Assert.Equal("state 'weights' stands where 'rates' is expected", exception.Message);
    }

    [Fact]
    public void A_vector_of_another_length_is_refused_where_its_length_does_not_change()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Copy(new Numbers("weights", [1, 2, 3]), new Numbers("weights", [0, 0])));

        Assert.Equal("state 'weights' has 3 values where 2 are expected", exception.Message);
    }

    [Fact]
    public void A_count_beyond_32_bits_is_refused_where_it_has_no_room()
    {
        using var stream = new MemoryStream();
        using var writer = new StateWriter(stream);
        var many = 1L << 40;
        writer.Count("step", ref many);
        stream.Position = 0;
        using var reader = new StateReader(stream);
        var few = 0;

        Assert.Throws<InvalidDataException>(() => reader.Count("step", ref few));
    }

    private static void Copy(IStateful from, IStateful to)
    {
        using var stream = new MemoryStream();
        using (var writer = new StateWriter(stream))
        {
            from.State(writer);
        }

        stream.Position = 0;
        using var reader = new StateReader(stream);
        to.State(reader);
        Assert.Equal(stream.Length, stream.Position);
    }

    private sealed class Numbers(string name, double[] values) : IStateful
    {
        public void State(StateArchive archive) => archive.Vector(name, values);
    }

    /// <summary>One of each; the list has as many entries as were written.</summary>
    private sealed class Everything(double number, int count, bool flag, string text, double[] vector, float[] singles, ulong position, List<long> list) : IStateful
    {
        private readonly RandomStream _stream = new(1, "test") { Position = position };
        private double _number = number;
        private int _count = count;
        private bool _flag = flag;
        private string _text = text;
        private double[] _any = [.. vector, .. vector];

        public string Told => string.Join(' ', [_number, _count, _flag, _text, .. vector, .. _any, .. singles, _stream.Position, list.Count, .. list]);

        public void State(StateArchive archive)
        {
            archive.Number("number", ref _number);
            archive.Count("count", ref _count);
            archive.Flag("flag", ref _flag);
            archive.Text("text", ref _text);
            archive.Vector("vector", vector);
            archive.Vector("any", ref _any);
            archive.Singles("singles", singles);
            archive.Stream("stream", _stream);
            var entries = archive.List("list", list);
            list = [];
            foreach (var entry in entries)
            {
                var value = entry;
                archive.Count("entry", ref value);
                list.Add(value);
            }
        }
    }
}
