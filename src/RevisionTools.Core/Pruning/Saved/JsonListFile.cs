using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RevisionTools.Pruning.Saved;

/// <summary>An object in JSON with one long list in it, of which an item at a time is held in memory.</summary>
internal sealed class JsonListFile
{
    private const int BlockSize = 64 * 1024;

    private readonly Stream _stream;
    private readonly string _listName;
    private readonly List<(long Start, int Length)> _items = [];
    private bool _isListNext;
    private bool _isInList;
    private long _itemStart;

    /// <param name="stream">The file, which stays open as long as this is used.</param>
    /// <param name="listName">The field with the list.</param>
    /// <exception cref="JsonException">The whole is no JSON.</exception>
    public JsonListFile(Stream stream, string listName)
    {
        _stream = stream;
        _listName = listName;
        Locate();
    }

    public int Count => _items.Count;

    /// <summary>All but the items.</summary>
    public byte[] Frame() => _items.Count == 0
        ? Read(ContentStart(), _stream.Length)
        : [.. Read(ContentStart(), _items[0].Start), .. Read(_items[^1].Start + _items[^1].Length, _stream.Length)];

    public byte[] Item(int index) => Read(_items[index].Start, _items[index].Start + _items[index].Length);

    private void Locate()
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var state = new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
            var start = _stream.Position = ContentStart();
            var held = 0;
            for (var isLast = false; !isLast;)
            {
                var read = _stream.Read(block.AsSpan(held));
                isLast = read == 0;
                held += read;
                var reader = new Utf8JsonReader(block.AsSpan(0, held), isLast, state);
                while (reader.Read())
                {
                    Note(in reader, start);
                }

                state = reader.CurrentState;
                var used = (int)reader.BytesConsumed;
                start += used;
                held -= used;
                block.AsSpan(used, held).CopyTo(block);
                block = held < block.Length ? block : Larger(block);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Note(in Utf8JsonReader reader, long start)
    {
        switch (reader.CurrentDepth, reader.TokenType)
        {
            case (1, JsonTokenType.PropertyName):
                // A second list of the name stays in the frame, where it is a field that stands twice.
                _isListNext = _items.Count == 0 && reader.ValueTextEquals(_listName);
                break;
            case (1, JsonTokenType.StartArray):
                _isInList = _isListNext;
                break;
            case (1, JsonTokenType.EndArray):
                _isInList = false;
                break;
            case (2, JsonTokenType.StartObject or JsonTokenType.StartArray):
                _itemStart = start + reader.TokenStartIndex;
                break;
            case (2, JsonTokenType.EndObject or JsonTokenType.EndArray) when _isInList:
                _items.Add((_itemStart, (int)(start + reader.BytesConsumed - _itemStart)));
                break;
            case (2, not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray)) when _isInList:
                _items.Add((start + reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
                break;
        }
    }

    private byte[] Read(long from, long to)
    {
        var bytes = new byte[to - from];
        _stream.Position = from;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private int ContentStart()
    {
        var preamble = Encoding.UTF8.Preamble;
        Span<byte> first = stackalloc byte[preamble.Length];
        _stream.Position = 0;
        return _stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && preamble.SequenceEqual(first) ? preamble.Length : 0;
    }

    private static byte[] Larger(byte[] block)
    {
        var larger = ArrayPool<byte>.Shared.Rent(block.Length * 2);
        block.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(block);
        return larger;
    }
}
